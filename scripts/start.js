// `npm start`: installs and builds what is missing, then becomes the server. Arguments go to `castellan server start`.
import { join } from 'node:path'
import { build } from './build.js'
import { exec } from './exec.js'
import { fail, prepare, root } from './prepare.js'

const node = prepare()
if (!build(node)) fail('The build failed (its message is above).')
exec(node, [join(root, 'dist', 'castellan.js'), 'server', 'start', ...process.argv.slice(2)])
