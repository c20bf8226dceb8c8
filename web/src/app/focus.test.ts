import { afterEach, beforeAll, expect, it } from 'vitest';
import { giveFocusBack } from './focus';

beforeAll(giveFocusBack);
afterEach(() => document.body.replaceChildren());

const add = <E extends HTMLElement>(element: E, into: HTMLElement = document.body): E => into.appendChild(element);

function dialog() {
  const frame = add(document.createElement('div'));
  const inner = add(document.createElement('div'), frame);
  inner.setAttribute('role', 'dialog');
  return { frame, button: add(document.createElement('button'), inner) };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 0));

it('goes back to what opened the dialog, from one dialog to the other', async () => {
  const opener = add(document.createElement('button'));
  opener.focus();
  const first = dialog();
  first.button.focus();
  const second = dialog();
  second.button.focus();
  // As it happens: what is in the frame goes first.
  second.frame.replaceChildren();
  second.frame.remove();
  await soon();
  expect(document.activeElement).toBe(first.button);
  first.frame.remove();
  await soon();
  expect(document.activeElement).toBe(opener);
});

it('leaves alone who has gone elsewhere', async () => {
  const opener = add(document.createElement('button'));
  const other = add(document.createElement('button'));
  opener.focus();
  const { frame, button } = dialog();
  button.focus();
  other.focus();
  frame.remove();
  await soon();
  expect(document.activeElement).toBe(other);
});
