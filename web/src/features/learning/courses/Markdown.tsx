import { Fragment, useMemo } from 'react';
import { fileUrl } from './queries';
import { parse, type Inline } from './markdown';

/** A lesson's text. Pictures come from the course's own files. */
export function Markdown({ course, text }: { course: string; text: string }) {
  const blocks = useMemo(() => parse(text), [text]);
  const words = (pieces: Inline[]) => pieces.map((piece, at) => <Piece key={at} piece={piece} course={course} />);
  const lines = (all: Inline[][]) =>
    all.map((line, at) => (
      <Fragment key={at}>
        {at > 0 && <br />}
        {words(line)}
      </Fragment>
    ));
  return (
    <div className="lesson-text">
      {blocks.map((block, at) => {
        if (block.kind === 'heading') {
          const Heading = `h${block.level}` as const;
          return <Heading key={at}>{words(block.children)}</Heading>;
        }
        if (block.kind === 'list') {
          const List = block.ordered ? 'ol' : 'ul';
          return (
            <List key={at}>
              {block.items.map((item, place) => (
                <li key={place}>{words(item)}</li>
              ))}
            </List>
          );
        }
        if (block.kind === 'quote') return <blockquote key={at}>{lines(block.lines)}</blockquote>;
        return <p key={at}>{lines(block.lines)}</p>;
      })}
    </div>
  );
}

function Piece({ piece, course }: { piece: Inline; course: string }) {
  if (piece.kind === 'text') return piece.text;
  if (piece.kind === 'image') return <img src={fileUrl(course, piece.file)} alt={piece.alt} loading="lazy" />;
  if (piece.kind === 'link') {
    return (
      <a href={piece.href} target="_blank" rel="noopener noreferrer">
        {piece.text}
      </a>
    );
  }
  return (
    <strong>
      {piece.children.map((child, at) => (
        <Piece key={at} piece={child} course={course} />
      ))}
    </strong>
  );
}
