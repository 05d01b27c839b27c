import { pause } from '../live/pause.svelte.ts'
import { copyText } from '../parts/clipboard.ts'
import { moments } from '../parts/moments.svelte.ts'
import { basePath } from '../sub-path.ts'
import { allDestinations, type Destination } from './destinations.ts'
import { heldKey } from './frame-shortcuts.svelte.ts'
import { overlay } from './overlay.svelte.ts'
import type { PaletteEntry } from './palette-entries.ts'
import { appearance, type Theme } from './theme.svelte.ts'
import { toast } from './toasts.svelte.ts'

/** What can be done from everywhere, as things are now. */
export const paletteActions = (): PaletteEntry[] => [
  ...allDestinations.map(goTo),
  ...(['light', 'dark', 'system'] as const).filter(theme => theme !== appearance.theme).map(themeEntry),
  action('states', appearance.hasStrongerStates ? 'Usual state colours' : 'Stronger state colours', 'theme colour blind', 'light', () => {
    appearance.hasStrongerStates = !appearance.hasStrongerStates
  }),
  ...(moments.zone === 'UTC' ? [] : [zoneEntry('UTC', 'UTC')]),
  ...(moments.zone === undefined ? [] : [zoneEntry('the zone of this browser', undefined)]),
  action(
    'exact',
    moments.isExact ? 'Tell how long ago things were' : 'Tell moments by the clock',
    'time relative absolute ago',
    'clock',
    () => {
      moments.isExact = !moments.isExact
    },
  ),
  action('copy', 'Copy the API URL', 'prefect_api_url address', 'copy', copyApiUrl),
  {
    ...action('rail', appearance.isRailNarrow ? 'Widen the rail' : 'Narrow the rail', 'sidebar', 'columns', narrowRail),
    keys: `${heldKey} b`,
  },
  {
    ...action('pause', pause.isOn ? 'Let what is live go on' : 'Pause what is live', 'hold stop freeze resume', 'pause', pause.toggle),
    keys: '.',
  },
  { ...action('shortcuts', 'Show the shortcuts', 'keyboard', 'keyboard', () => (overlay.open = 'shortcuts')), keys: '?' },
]

const goTo = ({ icon, label, href, key, pattern }: Destination): PaletteEntry => ({
  id: `go-${label}`,
  group: 'Go to',
  icon,
  name: label,
  href,
  keys: key && `g ${key}`,
  run: pattern === undefined ? () => location.assign(href) : undefined,
})

const action = (id: string, name: string, also: string, icon: PaletteEntry['icon'], run: () => void): PaletteEntry => ({
  id: `do-${id}`,
  group: 'Do',
  name,
  also,
  icon,
  run,
})

const themeNames: Record<Theme, string> = { light: 'Light theme', dark: 'Dark theme', system: 'Theme of the system' }
const themeEntry = (theme: Theme) =>
  action(`theme-${theme}`, themeNames[theme], 'appearance colours', theme, () => (appearance.theme = theme))

const zoneEntry = (name: string, zone: string | undefined) =>
  action(`zone-${name}`, `Tell moments in ${name}`, 'time zone', 'clock', () => (moments.zone = zone))

const narrowRail = () => {
  appearance.isRailNarrow = !appearance.isRailNarrow
}

const copyApiUrl = async () => {
  const url = `${location.origin}${basePath}api`
  if (await copyText(url)) toast({ text: 'Copied', name: url })
  else toast({ text: 'Not copied: the browser keeps its clipboard from this page. The address is', name: url, isError: true })
}
