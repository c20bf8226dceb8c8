import { Fragment } from 'react';
import './question.css';

/** A text of a question: line breaks as they are, **bold** and `code`; everything else stands for itself. */
export function RichText({ text }: { text: string }) {
  const parts = text.split(/(\*\*[^*\n]+\*\*|`[^`\n]+`)/);
  return (
    <span className="question-text">
      {parts.map((part, at) => {
        if (part.startsWith('**') && part.length > 4) return <strong key={at}>{part.slice(2, -2)}</strong>;
        if (part.startsWith('`') && part.length > 2) return <code key={at}>{part.slice(1, -1)}</code>;
        return <Fragment key={at}>{part}</Fragment>;
      })}
    </span>
  );
}
