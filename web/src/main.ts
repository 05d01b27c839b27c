import './parts/fonts.css'
import './parts/tokens.css'
import './parts/page.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { applyStoredTheme } from './frame/theme.svelte.ts'
import { startRouter } from './router.svelte.ts'

applyStoredTheme()
startRouter()
mount(App, { target: document.getElementById('app') as HTMLElement })
