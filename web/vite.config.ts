import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';
import { defineConfig } from 'vitest/config';

/** What somebody waits for who opens the program: the frame and the home page. */
const FIRST = ['src/app/start.tsx', 'src/features/home/home/HomePage.tsx'];
/** Beside it on a desk, for which a phone has no room. */
const DESK = ['src/app/shell/SideNav.tsx'];
/** The script that fetches it. */
const ENTRY = ['src/main.ts'];

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** The modules that these cannot begin without. */
function closure(roots: string[], context: Rolldown.ChunkingContext): Set<string> {
  const found = new Set<string>();
  const add = (id: string) => {
    if (found.has(id)) return;
    found.add(id);
    context.getModuleInfo(id)?.importedIds.forEach(add);
  };
  roots.map(path).forEach(add);
  return found;
}

/** Few files for the first page, not one for each module that another page uses too: the line is slow per request. */
function firstPageTogether() {
  let early = new Set<string>();
  let first = new Set<string>();
  return (id: string, context: Rolldown.ChunkingContext): string | null => {
    if (first.size === 0) {
      early = closure(ENTRY, context);
      first = closure(FIRST, context);
    }
    if (early.has(id)) return ENTRY.map(path).includes(id) ? null : 'early';
    if (!first.has(id)) return null;
    return id.includes('/node_modules/') ? 'frame' : 'first';
  };
}

/** The page names the first page's files, so that the browser asks for all at once instead of one after the other. */
function announceFirstPage(): Plugin {
  return {
    name: 'announce-first-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const said = new Set<string>();
        const tags: HtmlTagDescriptor[] = [];
        const say = (file: string, attrs: Record<string, string>) => {
          if (said.has(file) || html.includes(`"/${file}"`)) return;
          said.add(file);
          tags.push({ tag: 'link', attrs: { ...attrs, href: `/${file}`, crossorigin: '' }, injectTo: 'head' });
        };
        const add = (file: string, when: Record<string, string>) => {
          const chunk = bundle[file];
          if (chunk?.type !== 'chunk' || said.has(file)) return;
          say(file, { rel: 'modulepreload', ...when });
          chunk.viteMetadata?.importedCss.forEach((style) => say(style, { rel: 'stylesheet' }));
          chunk.imports.forEach((other) => add(other, when));
        };
        const announce = (module: string, when: Record<string, string> = {}) => {
          const chunk = Object.values(bundle).find((file) => file.type === 'chunk' && file.facadeModuleId === path(module));
          if (!chunk) throw new Error(`${module} has no file of its own to announce`);
          add(chunk.fileName, when);
        };
        FIRST.forEach((module) => announce(module));
        // As WIDE in src/app/theme.ts.
        DESK.forEach((module) => announce(module, { media: '(min-width: 900px)' }));
        return tags;
      },
    },
  };
}

/** Puts a packed copy beside each file, which the server sends as it is; not beside the page, which it fills in. */
function gzipBeside(): Plugin {
  return {
    name: 'gzip-beside',
    apply: 'build',
    writeBundle: ({ dir = '' }) => {
      for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        const file = join(dir, name);
        // Below these bytes packing saves nothing.
        if (!/\.(js|css|svg)$/.test(name) || statSync(file).size < 256) continue;
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), announceFirstPage(), gzipBeside()],
  resolve: { alias: { '@': path('./src') } },
  build: {
    target: 'es2022',
    // ECharts is one lazily loaded chunk above Vite's default limit; it never loads first.
    chunkSizeWarningLimit: 800,
    sourcemap: false,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: firstPageTogether(), debugName: 'first page' }], includeDependenciesRecursively: false } } },
  },
  server: {
    port: 5173,
    proxy: { '/api': process.env.KEXUN_API ?? 'http://127.0.0.1:8080' },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    setupFiles: ['./test/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
