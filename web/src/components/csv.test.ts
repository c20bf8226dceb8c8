import { describe, expect, it } from 'vitest';
import { cell, toCsv } from './csv';

describe('sheets that leave', () => {
  it.each(['=1+1', '+86', '@SUM(A1)', '-2+3', '\t=1'])('do not run %j as a formula', (text) => {
    expect(cell(text)).toMatch(/^"?'/);
  });

  it('keep numbers, also negative ones', () => {
    expect(cell(-1.5)).toBe('-1.5');
  });

  it('quote what needs it', () => {
    expect(toCsv([['a,b', 'say "hi"', 'two\nlines', null]])).toBe('\uFEFF"a,b","say ""hi""","two\nlines",\r\n');
  });
});
