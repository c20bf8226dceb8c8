import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Providers } from '@/app/providers';
import { setLanguage, startTexts } from '@/i18n';
import { Columns } from './Columns';
import { sample } from './sample';
import { UploadPanel } from './UploadPanel';

let arrive: (started: unknown) => void = () => undefined;
vi.mock('@/api/client', async (original) => ({ ...(await original<object>()), upload: () => new Promise((resolve) => (arrive = resolve)) }));
vi.mock('@/app/session', () => ({ useMe: () => ({ shops: [], tenant: { name: 'Q' } }), useScope: () => ({ shop: null }), usePlace: () => ({ whole: true }) }));

beforeAll(async () => {
  await startTexts();
  await setLanguage('zh-CN');
});
afterEach(cleanup);

async function send(onStarted: () => void) {
  const { container, unmount } = render(
    <Providers>
      <UploadPanel kind="conversations" onKind={() => undefined} onStarted={onStarted} />
    </Providers>,
  );
  await screen.findByText('把文件拖到这里，或点击选择');
  const field = container.querySelector('input[type=file]');
  if (!field) throw new Error('no field for a file');
  fireEvent.change(field, { target: { files: [new File(['x'], 'chats.csv')] } });
  await screen.findByText(/正在上传 chats.csv/);
  return unmount;
}

it('opens the import that has begun, unless somebody has gone elsewhere', async () => {
  const here = vi.fn();
  await send(here);
  await act(async () => arrive({ id: 'i' }));
  expect(here).toHaveBeenCalledWith('i');
  cleanup();
  const gone = vi.fn();
  const leave = await send(gone);
  leave();
  await act(async () => arrive({ id: 'i' }));
  expect(gone).not.toHaveBeenCalled();
});

it('says the columns of the kind that is chosen', async () => {
  render(<Columns kind="ratings" open />);
  await screen.findByText('评分编号');
  expect(screen.queryByText('发送方')).toBeNull();
  expect(sample('contacts').split('\n')[0]).toContain('话后秒数');
});
