import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/**
 * Like `lazy`, for what is made of Ant Design: the first to be shown brings it along with its theme, so that the
 * frame and the home pages need not wait for it.
 */
export function lazyThemed<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => {
    const [{ default: Part }, { Themed }] = await Promise.all([load(), import('./Themed')]);
    const Whole = (props: P) => (
      <Themed>
        <Part {...props} />
      </Themed>
    );
    return { default: Whole as ComponentType<P> };
  });
}
