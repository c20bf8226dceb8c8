/**
 * Short messages and questions before something that cannot be taken back. What shows them is
 * loaded when first needed, so that the first page need not carry it.
 */
import type { ModalFuncProps } from 'antd';

export interface Shower {
  message: { success: (text: string) => unknown; error: (text: string) => unknown };
  modal: { confirm: (question: ModalFuncProps) => unknown };
}

let shower: Shower | null = null;
let waiting: ((shower: Shower) => void)[] = [];
let summon: () => void = () => undefined;

function show(deed: (shower: Shower) => void): void {
  if (shower) {
    deed(shower);
    return;
  }
  waiting.push(deed);
  summon();
}

export const feedback = {
  success: (text: string) => show(({ message }) => message.success(text)),
  error: (text: string) => show(({ message }) => message.error(text)),
  confirm: (question: ModalFuncProps) => show(({ modal }) => modal.confirm(question)),
};

/** For the host: how it is told that it is needed. */
export function onSummon(listener: () => void): () => void {
  summon = listener;
  if (waiting.length > 0) listener();
  return () => {
    summon = () => undefined;
  };
}

/** For the host: from here on it shows, beginning with what has waited. */
export function setShower(next: Shower | null): void {
  shower = next;
  if (!next) return;
  const deeds = waiting;
  waiting = [];
  deeds.forEach((deed) => deed(next));
}
