import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Providers } from '@/app/providers';
import { setLanguage, startTexts } from '@/i18n';
import { LessonDrawer } from './LessonDrawer';

beforeAll(async () => {
  await startTexts();
  await setLanguage('en');
});
afterEach(cleanup);

it('is closed by its buttons only: what was typed is not lost by a click beside it or Esc', async () => {
  const onClose = vi.fn();
  render(
    <Providers>
      <LessonDrawer course="c" lesson={null} kind="text" onClose={onClose} />
    </Providers>,
  );
  const title = await screen.findByLabelText('Title');
  fireEvent.change(title, { target: { value: 'Refunds' } });
  const mask = document.querySelector('.ant-drawer-mask');
  expect(mask).toBeTruthy();
  fireEvent.click(mask as Element);
  fireEvent.keyDown(title, { key: 'Escape', code: 'Escape', keyCode: 27 });
  expect(onClose).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(onClose).toHaveBeenCalledOnce();
});
