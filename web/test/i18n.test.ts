import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../src');
const languages = ['zh-CN', 'en'] as const;

type Texts = { [key: string]: string | Texts };

const read = (language: string, file: string) => JSON.parse(readFileSync(join(root, 'i18n', language, file), 'utf8')) as Texts;
const filesOf = (language: string) => readdirSync(join(root, 'i18n', language)).sort();

/** Every key with its text; plural forms under the name they share. */
function flatten(texts: Texts, before = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) => {
    const path = before ? `${before}.${key}` : key;
    return typeof value === 'string' ? [[path.replace(/_(one|other)$/, ''), value] as [string, string]] : flatten(value, path);
  });
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe('texts', () => {
  it('exist in both languages, namespace by namespace', () => {
    expect(filesOf('en')).toEqual(filesOf('zh-CN'));
  });

  it.each(filesOf('zh-CN'))('%s has the same keys in both languages', (file) => {
    const [zh, en] = languages.map((language) => [...new Set(flatten(read(language, file)).map(([key]) => key))].sort());
    expect(en).toEqual(zh);
  });

  it.each(filesOf('zh-CN'))('%s fills in the same values in both languages', (file) => {
    const english = new Map(flatten(read('en', file)));
    for (const [key, text] of flatten(read('zh-CN', file))) {
      // `count` may only choose the plural form.
      const only = (names: (string | undefined)[]) => names.filter((name) => name !== 'count');
      expect(only(placeholders(english.get(key) ?? '')), key).toEqual(only(placeholders(text)));
    }
  });

  it('are written in their language', () => {
    for (const file of filesOf('en')) {
      const chinese = flatten(read('en', file)).filter(([, text]) => /[\u4e00-\u9fff]/.test(text));
      // The switch to Chinese says so in Chinese.
      expect(chinese.filter(([key]) => !(file === 'sign-in.json' && key === 'language')), file).toEqual([]);
    }
  });

  it('say every reason that the contract refuses for, and two of the browser’s own', () => {
    const contract = JSON.parse(readFileSync(join(root, '../../openapi.json'), 'utf8')) as { components: { schemas: { Code: { enum: string[] } } } };
    const codes = [...contract.components.schemas.Code.enum, 'network', 'unknown'];
    for (const language of languages) expect(Object.keys(read(language, 'errors.json')).sort(), language).toEqual(codes.sort());
  });

  it('are all used', () => {
    const code = sources(root).join('\n');
    const literal = new Set([...code.matchAll(/['"`]([\w./:-]+)['"`]/g)].map(([, text]) => text));
    const prefixes = [...code.matchAll(/`(?:\w[\w-]*:)?([\w./-]+\.)\$\{/g)].map(([, text]) => text ?? '');
    // Error codes come from the server and are looked up by their own name.
    const unused = filesOf('zh-CN')
      .filter((file) => file !== 'errors.json')
      .flatMap((file) => flatten(read('zh-CN', file)).map(([key]) => `${file.replace('.json', '')}:${key}`))
      .filter((name) => {
        const key = name.slice(name.indexOf(':') + 1);
        return !literal.has(key) && !prefixes.some((prefix) => key.startsWith(prefix));
      });
    // `now.kind.…` and `new.kind.…` of the home page are named by the server.
    // So are the kinds of events and actors of the audit page.
    expect(unused.filter((name) => !/^(home:(now|new)\.kind|audit:(event|by|on))\./.test(name))).toEqual([]);
  });
});
