import { ArrowRightOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { DemoPerson } from '@/api/types';
import { stops } from './stops';

interface Props {
  /** Who stands at each stop. */
  cast: DemoPerson[];
  busy: boolean;
  onPick: (person: DemoPerson, stop: number) => void;
}

/** The loop as a thread of people: each stop signs in as one of them, on the page where it happens. */
export function Tour({ cast, busy, onPick }: Props) {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  return (
    <section className="tour" aria-label={t('tour.title')}>
      <h2>{t('tour.title')}</h2>
      <p className="k-soft">{t('tour.text')}</p>
      <ol>
        {stops.map(({ key, role }, at) => {
          const person = cast[at];
          return (
            person && (
              <li key={key}>
                <button type="button" className="tour-stop" disabled={busy} onClick={() => onPick(person, at)}>
                  <span className="tour-number" aria-hidden>
                    {at + 1}
                  </span>
                  <span className="tour-words">
                    <strong>{t(`tour.stop.${key}.title`)}</strong>
                    <span className="k-soft k-small">{t(`tour.stop.${key}.text`)}</span>
                  </span>
                  <span className="tour-who k-small">
                    <span className="k-faint">{common(`role.${role}`)}</span> {person.name}
                  </span>
                  <ArrowRightOutlined className="tour-arrow" aria-hidden />
                </button>
              </li>
            )
          );
        })}
      </ol>
    </section>
  );
}
