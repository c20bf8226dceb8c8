/**
 * The part of Markdown that lessons are written in, as data: headings, lists, quotes, bold, links, and
 * pictures of the course's own files. There is no HTML in it; what looks like some stays text.
 */

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'bold'; children: Inline[] }
  | { kind: 'link'; href: string; text: string }
  | { kind: 'image'; file: string; alt: string };

export type Block =
  | { kind: 'heading'; level: 2 | 3 | 4; children: Inline[] }
  | { kind: 'paragraph'; lines: Inline[][] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'quote'; lines: Inline[][] };

const FILE = /^file:([0-9a-f-]{36})$/i;
const PIECE = /(!?)\[([^\]\n]*)\]\(([^()\s]+)\)|\*\*([^*\n]+)\*\*/g;

/** An address that may be opened: web pages only, nothing that runs. */
function safe(address: string): string | null {
  try {
    const { protocol, href } = new URL(address);
    return protocol === 'https:' || protocol === 'http:' ? href : null;
  } catch {
    return null;
  }
}

export function inline(text: string): Inline[] {
  const found: Inline[] = [];
  let at = 0;
  const plain = (until: number) => {
    if (until > at) found.push({ kind: 'text', text: text.slice(at, until) });
  };
  for (const match of text.matchAll(PIECE)) {
    const [whole, bang, words = '', target = '', strong] = match;
    const piece = pieceOf(bang === '!', words, target, strong);
    // What leads nowhere safe stays as it was written.
    if (!piece) continue;
    plain(match.index);
    found.push(piece);
    at = match.index + whole.length;
  }
  plain(text.length);
  return found;
}

function pieceOf(image: boolean, words: string, target: string, strong: string | undefined): Inline | null {
  if (strong !== undefined) return { kind: 'bold', children: inline(strong) };
  if (image) {
    const file = FILE.exec(target)?.[1];
    return file ? { kind: 'image', file, alt: words } : null;
  }
  const href = safe(target);
  return href ? { kind: 'link', href, text: words || href } : null;
}

const HEADING = /^(#{1,3})\s+(.*)$/;
const BULLET = /^\s*[-*+]\s+(.*)$/;
const NUMBER = /^\s*\d+[.)、]\s*(.*)$/;
const QUOTE = /^>\s?(.*)$/;

export function parse(source: string): Block[] {
  const blocks: Block[] = [];
  // Lines of one kind without an empty line between them belong together.
  let open: Block | null = null;
  const into = <K extends Block['kind']>(kind: K, make: () => Extract<Block, { kind: K }>, same: (block: Extract<Block, { kind: K }>) => boolean = () => true) => {
    if (open?.kind === kind && same(open as Extract<Block, { kind: K }>)) return open as Extract<Block, { kind: K }>;
    const block = make();
    blocks.push(block);
    open = block;
    return block;
  };
  const list = (ordered: boolean, text: string) =>
    into('list', () => ({ kind: 'list', ordered, items: [] }), (block) => block.ordered === ordered).items.push(inline(text));
  for (const line of source.split('\n')) {
    const heading = HEADING.exec(line);
    const bullet = BULLET.exec(line);
    const number = NUMBER.exec(line);
    const quote = QUOTE.exec(line);
    if (line.trim() === '') open = null;
    else if (heading) {
      const level = ((heading[1]?.length ?? 1) + 1) as 2 | 3 | 4;
      blocks.push({ kind: 'heading', level, children: inline(heading[2] ?? '') });
      open = null;
    } else if (bullet) list(false, bullet[1] ?? '');
    else if (number) list(true, number[1] ?? '');
    else if (quote) into('quote', () => ({ kind: 'quote', lines: [] })).lines.push(inline(quote[1] ?? ''));
    else into('paragraph', () => ({ kind: 'paragraph', lines: [] })).lines.push(inline(line));
  }
  return blocks;
}
