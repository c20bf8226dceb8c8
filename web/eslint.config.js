import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Every area below src/features, as `<wing>/<area>`. */
const areas = readdirSync('src/features', { withFileTypes: true })
  .filter((wing) => wing.isDirectory())
  .flatMap((wing) =>
    readdirSync(`src/features/${wing.name}`, { withFileTypes: true })
      .filter((area) => area.isDirectory())
      .map((area) => `${wing.name}/${area.name}`),
  );

/** Inside an area: itself by `./`, the shared folders by `@/`, and no other area. */
const areaBoundaries = areas.map((area) => ({
  files: [`src/features/${area}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { group: ['@/features/*', '@/features/**'], message: 'An area may not know another one: share through @/components or @/app.' },
          { group: ['../*'], message: 'Leave an area only through @/app, @/components, @/api or @/i18n.' },
        ],
      },
    ],
  },
}));

/** Lower folders may not know the ones above them. */
const below = (files, banned, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group: banned, message }] }] },
});

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  hooks.configs.flat.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'max-lines': ['error', { max: 500 }],
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      eqeqeq: 'error',
    },
  },
  ...areaBoundaries,
  below(['src/components/**'], ['@/features/*', '@/features/**'], 'Shared components know no feature.'),
  below(['src/api/**'], ['@/features/**', '@/components/**', '@/app/**'], 'The client of the contract stands below everything else.'),
);
