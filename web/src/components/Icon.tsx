import { createElement, type ReactNode } from 'react';
import type { AbstractNode, IconDefinition } from '@ant-design/icons-svg/es/types';

const camel = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function draw({ tag, attrs, children = [] }: AbstractNode, key: number, own: object = {}): ReactNode {
  const names = Object.fromEntries(Object.entries(attrs).map(([name, value]) => [camel(name), value]));
  return createElement(tag, { key, ...names, ...own }, ...children.map((child, at) => draw(child, at)));
}

/**
 * An icon of Ant Design, drawn without its machinery for two colours and turning, which would cost the first page
 * 8 kB. Always beside words: it has no name of its own.
 */
export function Icon({ of: { icon } }: { of: IconDefinition }) {
  if (typeof icon === 'function') return null;
  return (
    <span className="anticon" aria-hidden>
      {draw(icon, 0, { width: '1em', height: '1em', fill: 'currentColor' })}
    </span>
  );
}
