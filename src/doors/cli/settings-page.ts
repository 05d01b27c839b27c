import { definitions } from '../../kernel/settings.ts'

/** The reference of all settings as a page of the documentation. */
export const settingsPage = (): string =>
  `# Settings

<!-- Written by \`npm run settings\` from src/kernel/settings.ts. Not edited by hand. -->

An option of the command line wins over the environment, the environment over the active profile (\`config set\`). A setting's own name wins over the peer's.
\`config view --show-sources\` tells where each value comes from.

| setting | the peer's name | meaning |
|---|---|---|
${Object.values(definitions)
  .map(
    ({ name, aliases, description }) =>
      `| \`${name}\` | ${aliases.map(alias => `\`${alias}\``).join(', ')} | ${description.replaceAll('|', '\\|')} |`,
  )
  .join('\n')}
`

if (import.meta.main) process.stdout.write(settingsPage())
