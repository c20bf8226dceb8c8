import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeAll, it, vi } from 'vitest';
import { Providers } from '@/app/providers';
import { SignedIn } from '@/app/session';
import { setLanguage, startTexts } from '@/i18n';
import MePage from './MePage';

beforeAll(async () => {
  await startTexts();
  await setLanguage('zh-CN');
});
afterEach(cleanup);

const me = {
  person: { id: 'p', name: '张三', login: 'z', email: null, locale: 'zh-CN' },
  tenant: { id: 't', slug: 'q', name: '清河', kind: 'merchant', parent: null, zone: 'Asia/Shanghai' },
  memberships: [],
  merchants: [],
  roles: [],
  rights: [],
  shops: [],
  staff_id: null,
  unread: 0,
  second_factor: { on: false, needed: false },
};

it('says at the new password why it is refused', async () => {
  vi.stubGlobal('fetch', (path: string) => {
    const [status, body] = path.endsWith('/me/password')
      ? [422, { status: 422, code: 'invalid', fields: [{ field: 'new', detail: 'is easily guessed' }] }]
      : path.endsWith('/me')
        ? [200, me]
        : [200, { items: [], next: null }];
    return Promise.resolve(new Response(JSON.stringify(body), { status: status as number }));
  });
  const router = createMemoryRouter([{ path: '/', element: <SignedIn><MePage /></SignedIn> }]);
  render(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  );
  fireEvent.change(await screen.findByLabelText('当前密码'), { target: { value: 'old' } });
  fireEvent.change(screen.getByLabelText('新密码'), { target: { value: '12345678' } });
  fireEvent.click(screen.getByRole('button', { name: '修改密码' }));
  await screen.findByText('太容易被猜到：别用常见密码、姓名、登录名或简单规律');
});
