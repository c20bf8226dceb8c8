/** What is wrong with a page as it stands, beside what axe sees: each finding one line of text. */
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../web/src/i18n/', import.meta.url);

/** All texts of a language, and their keys. */
function texts(language) {
  const keys = new Set();
  const values = [];
  const walk = (node, path) => {
    if (typeof node === 'string') {
      keys.add(path.join('.'));
      values.push(node);
    } else for (const [key, child] of Object.entries(node)) walk(child, [...path, key]);
  };
  const files = readdirSync(new URL(`${language}/`, folder));
  for (const file of files) walk(JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), 'utf8')), []);
  return { keys, values, areas: files.map((file) => file.replace('.json', '')) };
}

const own = { 'zh-CN': texts('zh-CN'), en: texts('en') };

/** Texts of one language that are not also texts of the other, as patterns for a whole piece of text. */
function patterns(language, other) {
  const shared = new Set(own[other].values);
  const letters = language === 'en' ? /[A-Za-z]{3}/u : /\p{Script=Han}{2}/u;
  const words = [...new Set(own[language].values)].filter((value) => !shared.has(value) && letters.test(value.replaceAll(/\{\{.*?\}\}/gu, '')));
  return {
    whole: new Set(words.filter((value) => !value.includes('{{'))),
    with: words.filter((value) => value.includes('{{')).map((value) => new RegExp(`^${value.replaceAll(/[.*+?^$()|[\]\\]/gu, String.raw`\$&`).replaceAll(/\{\{.*?\}\}/gu, '.+')}$`, 'u')),
  };
}

const foreign = { 'zh-CN': patterns('en', 'zh-CN'), en: patterns('zh-CN', 'en') };

/** Words in Latin letters that Chinese interfaces say too. */
const common = /^(?:kexun|csv|xlsx|json|jsonl|gift|lines|excel|utf|gbk|gb|qr|api|xapi|id|ip|url|ctrl|esc|enter|sha|http|https|mp4|pdf|png|jpe?g|mb|kb|gb|asia|shanghai|example|english|markdown|word|chat|phone|email|ticket|v\d+)$/iu;

/** A text that is a key which was never put into words. */
function untranslated(text, language) {
  if (own[language].keys.has(text) && text.includes('.')) return true;
  const area = text.split(':')[0];
  return /^[a-z-]+:[a-zA-Z_]+(?:\.[\w]+)*$/u.test(text) && own[language].areas.includes(area);
}

/** Pieces of text in the wrong language, or in none. Data may be in any: only what the program says counts. */
export function wording(pieces, language, known) {
  const found = [];
  for (const text of new Set(pieces)) {
    if (untranslated(text, language)) found.push(`key shown: ${text}`);
    const { whole, with: made } = foreign[language];
    if (known.has(text)) continue;
    if (whole.has(text) || made.some((pattern) => pattern.test(text))) found.push(`other language: ${text.slice(0, 80)}`);
    else if (language === 'zh-CN') {
      const words = text.match(/[A-Za-z][a-z]{2,}/gu) ?? [];
      const latin = words.filter((word) => !common.test(word) && ![...known].some((name) => name.includes(word)));
      if (latin.length > 0 && !/^[\w.:/@-]+$/u.test(text)) found.push(`English words: ${text.slice(0, 80)}`);
    }
  }
  return found;
}

/** Runs in the page: what is said, what sticks out, what is too small for a thumb. */
export function look(least) {
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && style.opacity !== '0' && box.right > 0 && box.left < innerWidth;
  };
  const name = (element) => `${element.tagName.toLowerCase()}${element.className && typeof element.className === 'string' ? `.${element.className.trim().split(/\s+/u)[0]}` : ''} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 24)}”`;
  const pieces = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const parent = walker.currentNode.parentElement;
    // Codes, and what people wrote, are in whatever language they are in.
    if (text && parent && seen(parent) && !parent.closest('code, pre, script, style, .chat, .markdown, [data-raw]')) pieces.push(text);
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
    for (const attribute of ['aria-label', 'placeholder', 'title']) {
      if (element.closest('[aria-hidden=true]')) continue;
      const text = element.getAttribute(attribute)?.trim();
      if (text) pieces.push(text);
    }
  }
  const out = [];
  const over = document.scrollingElement.scrollWidth - innerWidth;
  if (over > 1) {
    const wide = [...document.querySelectorAll('main *, header *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1).slice(-1);
    out.push(`${over} px too wide: ${wide.map(name).join()}`);
  }
  const small = [];
  if (least > 0) {
    for (const element of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, [role=button], [role=tab], [role=switch], [role=option], summary')) {
      if (!seen(element) || element.closest('[aria-hidden=true], [inert]') || element.disabled) continue;
      // A link in a sentence is as high as its line. What a label belongs to is as large as the label.
      const around = element.parentElement;
      if (element.tagName === 'A' && getComputedStyle(element).display === 'inline' && around.textContent.trim() !== element.textContent.trim()) continue;
      const target = element.closest('.table-open') ?? element.closest('label, .ant-select, .ant-picker, .ant-input-affix-wrapper, .ant-segmented-item, .ant-upload, .ant-drawer-close') ?? element;
      const box = target.getBoundingClientRect();
      if (box.height < least - 0.5) small.push(`${Math.round(box.height)} px high: ${name(element)}`);
    }
  }
  const shape = [...new Set([...document.querySelectorAll('body *')].map(({ tagName, className, role }) => `${tagName}.${className}.${role ?? ''}`))].sort().join();
  return { pieces, out, small, shape };
}
