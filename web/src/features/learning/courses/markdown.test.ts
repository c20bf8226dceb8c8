import { describe, expect, it } from 'vitest';
import { inline, parse } from './markdown';

const FILE = '01890000-0000-7000-8000-000000000000';

describe('the text of a lesson', () => {
  it('has headings, paragraphs, lists and quotes', () => {
    const kinds = parse('# 退货\n\n七天内\n无理由\n\n- 一\n- 二\n1. 先\n2. 后\n> 客户：你好').map(({ kind }) => kind);
    expect(kinds).toEqual(['heading', 'paragraph', 'list', 'list', 'quote']);
    expect(parse('a\nb')).toEqual([{ kind: 'paragraph', lines: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]] }]);
  });

  it('has bold words, links and pictures of the course', () => {
    expect(inline(`先**道歉**，再看[规则](https://example.com/a)：![图](file:${FILE})`)).toEqual([
      { kind: 'text', text: '先' },
      { kind: 'bold', children: [{ kind: 'text', text: '道歉' }] },
      { kind: 'text', text: '，再看' },
      { kind: 'link', href: 'https://example.com/a', text: '规则' },
      { kind: 'text', text: '：' },
      { kind: 'image', file: FILE, alt: '图' },
    ]);
  });

  it('runs nothing and loads nothing from elsewhere', () => {
    for (const text of [
      '<script>alert(1)</script>',
      '[x](javascript:alert(1))',
      '[x](JaVaScRiPt:alert)',
      '[x](data:text/html,<script>)',
      '[x](//evil.example)',
      '![x](https://evil.example/pixel.png)',
      '![x](file:../../etc/passwd)',
    ]) {
      expect(inline(text).every(({ kind }) => kind === 'text'), text).toBe(true);
    }
  });
});
