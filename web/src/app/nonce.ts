/**
 * The server allows no style but those of its own files and those that carry the number of this very page
 * (Content-Security-Policy). Libraries insert styles from scripts, and not all can be told the number, so
 * every style element gets it when it is made. What is written into an attribute by a script is set as a
 * script sets it: only HTML text must not bring styles along.
 */
const nonce = document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce;

if (nonce) {
  const make = document.createElement.bind(document) as (name: string, options?: ElementCreationOptions) => HTMLElement;
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = make(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  }) as typeof document.createElement;

  const plain = Object.getOwnPropertyDescriptor(Element.prototype, 'setAttribute')?.value as Element['setAttribute'];
  HTMLElement.prototype.setAttribute = function setAttribute(this: HTMLElement, name: string, value: string) {
    if (name === 'style') this.style.cssText = value;
    else plain.call(this, name, value);
  };
}

export {};
