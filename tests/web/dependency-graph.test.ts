import { describe, expect, test } from 'vitest'
import { type GraphTask, graphOf, nameOfCalls } from '../../web/src/charts/graph-groups.ts'
import { crossings, layersOf, orderedLayers } from '../../web/src/charts/graph-layers.ts'
import { createLayout, type GraphLayout, layoutOf, rising } from '../../web/src/charts/graph-layout.ts'
import { fitting, kinOf, nodeAt, scaled, shifted, showing, stepped } from '../../web/src/charts/graph-view.ts'

const task = (id: string, parents: string[] = [], change: Partial<GraphTask> = {}): GraphTask => ({
  id,
  name: id,
  taskKey: id,
  href: `/${id}`,
  type: 'COMPLETED',
  stateName: undefined,
  note: undefined,
  parents,
  ...change,
})
const calls = (taskKey: string, count: number, parentsOf: (index: number) => string[] = () => []): GraphTask[] =>
  Array.from({ length: count }, (_, index) => task(`${taskKey}-${index}`, parentsOf(index), { taskKey }))
const none: ReadonlySet<string> = new Set()
const layout = (...tasks: GraphTask[]): GraphLayout => layoutOf(graphOf(tasks, false, none))
const named = ({ nodes }: GraphLayout, places: Iterable<number>) => [...places].map(place => nodes[place]!.node.name).sort()

describe('layers', () => {
  test('stand one after the last of what is waited for', () => {
    expect(layersOf([[], [0], [0, 1], []])).toEqual([0, 1, 2, 0])
  })

  test('hold what waits for itself in a circle, too', () => {
    expect(layersOf([[2], [0], [1]])).toEqual([0, 1, 2])
    expect(layersOf([[0]])).toEqual([0])
  })

  test('are ordered so that lines do not cross where they need not', () => {
    const parents = [[], [], [], [2], [1], [0]]
    const children = [[5], [4], [3], [], [], []]
    const layers = layersOf(parents)
    expect(
      crossings(
        [
          [0, 1, 2],
          [3, 4, 5],
        ],
        children,
      ),
    ).toBe(3)
    expect(crossings(orderedLayers(layers, parents, children), children)).toBe(0)
  })
})

describe('places', () => {
  test('rise to the nearest sequence', () => {
    expect(rising([1, 3, 2, 5])).toEqual([1, 2.5, 2.5, 5])
    expect(rising([])).toEqual([])
  })

  test('go from left to right, a chain straight, and nothing covers anything', () => {
    const placed = layout(task('a'), task('b', ['a']), task('c', ['b']), task('d', ['a']), task('e', ['a'])).nodes
    expect(placed.map(({ layer }) => layer)).toEqual([0, 1, 2, 1, 1])
    expect(placed[1]!.y).toBe(placed[2]!.y)
    for (const [index, one] of placed.entries())
      for (const other of placed.slice(index + 1))
        expect(
          one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height,
        ).toBe(false)
  })

  test('of a wide layer are columns', () => {
    const { width, height } = layout(...calls('square', 2_000))
    expect(width).toBeGreaterThan(height)
    expect(height).toBeLessThan(4_000)
  })

  test('are kept while nothing but states changes', () => {
    const place = createLayout()
    const before = place(graphOf([task('a'), task('b', ['a'])], false, none))
    const same = place(graphOf([task('a'), task('b', ['a'], { type: 'FAILED' })], false, none))
    expect(same.layers).toBe(before.layers)
    expect(same.nodes[1]!.node.families).toEqual([{ family: 'failed', count: 1 }])
    expect(place(graphOf([task('a'), task('b', ['a']), task('c')], false, none)).layers).not.toBe(before.layers)
  })

  test('are found for each of 5,000 task runs', () => {
    const { nodes } = layout(task('first'), ...calls('a', 2_500, () => ['first']), ...calls('b', 2_499, index => [`a-${index}`]))
    expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(5_000)
  })
})

describe('folds', () => {
  const tasks = [task('list'), ...calls('square', 8, () => ['list']), task('sum', ['square-0', 'square-7'])]

  test('hold the calls of one task in one layer, with what has become of them', () => {
    const { nodes, parents } = graphOf(
      tasks.map(one => (one.id === 'square-3' ? { ...one, type: 'FAILED' as const } : one)),
      true,
      none,
    )
    expect(nodes.map(({ name, isFold, tasks: { length } }) => [name, isFold, length])).toEqual([
      ['list', false, 1],
      ['square', true, 8],
      ['sum', false, 1],
    ])
    expect(nodes[1]!.families).toEqual([
      { family: 'failed', count: 1 },
      { family: 'completed', count: 7 },
    ])
    expect(parents).toEqual([[], [0], [1]])
  })

  test('open one by one', () => {
    const [, fold] = graphOf(tasks, true, none).nodes
    const { nodes } = graphOf(tasks, true, new Set([fold!.id]))
    expect(nodes).toHaveLength(10)
    expect(nodes[1]).toMatchObject({ name: 'square-0', isFold: false, foldId: fold!.id })
  })

  test('are not made of a few calls, of calls in several layers, or where nobody wants any', () => {
    const chain = calls('step', 8, index => (index === 0 ? [] : [`step-${index - 1}`]))
    expect(graphOf(chain, true, none).nodes).toHaveLength(8)
    expect(graphOf(calls('few', 4), true, none).nodes).toHaveLength(4)
    expect(graphOf(tasks, false, none).nodes).toHaveLength(10)
  })

  test.each([
    ['square-12', 'square'],
    ['square-9f3', 'square'],
    ['load-orders', 'load-orders'],
    ['by-hand', 'by-hand'],
  ])('%s is a call of %s', (name, called) => {
    expect(nameOfCalls(name)).toBe(called)
  })
})

describe('a look at a graph', () => {
  const size = { width: 1000, height: 400 }
  const diamond = layout(task('a'), task('b', ['a']), task('c', ['a']), task('d', ['b', 'c']), task('apart'))

  test('shows all of it at first, no larger than life', () => {
    expect(fitting({ width: 100, height: 50 }, size)).toEqual({ scale: 1, x: 450, y: 175 })
    const { scale, x } = fitting({ width: 9600, height: 50 }, size)
    expect([scale, x]).toEqual([0.1, 20])
  })

  test('comes nearer around a point that keeps its place', () => {
    const view = scaled({ scale: 1, x: 0, y: 0 }, 2, { x: 100, y: 50 })
    expect(view).toEqual({ scale: 2, x: -100, y: -50 })
    expect(scaled(view, 100, { x: 0, y: 0 }).scale).toBe(2)
  })

  test('never loses the graph', () => {
    expect(shifted({ scale: 1, x: 0, y: 0 }, { x: -5_000, y: 5_000 }, { width: 300, height: 100 }, size)).toEqual({
      scale: 1,
      x: -280,
      y: 380,
    })
  })

  test('moves only as far as it takes to show a node, and comes near enough to read it', () => {
    const node = { x: 1_000, y: 0, width: 100, height: 30 }
    expect(showing({ scale: 1, x: 0, y: 50 }, node, size)).toEqual({ scale: 1, x: -120, y: 50 })
    expect(showing({ scale: 0.1, x: 0, y: 0 }, node, size).scale).toBe(0.55)
  })

  test('finds the node under the pointer', () => {
    const [first] = diamond.nodes
    const view = { scale: 0.5, x: 10, y: 20 }
    expect(nodeAt(diamond, view, first!.x * 0.5 + 11, first!.y * 0.5 + 21)).toBe(0)
    expect(nodeAt(diamond, view, 0, 0)).toBeUndefined()
  })

  test('knows what a node waited for and what waits for it, near and far', () => {
    const { upstream, downstream } = kinOf(diamond, 1)
    expect(named(diamond, upstream)).toEqual(['a'])
    expect(named(diamond, downstream)).toEqual(['d'])
    expect(named(diamond, kinOf(diamond, 0).downstream)).toEqual(['b', 'c', 'd'])
  })

  test('is walked by keys', () => {
    const { layers } = diamond
    expect(stepped(diamond, undefined, 'ArrowRight')).toBe(layers[0]![0])
    expect(named(diamond, [stepped(diamond, 3, 'ArrowLeft')!])[0]).toMatch(/[bc]/)
    expect(stepped(diamond, 3, 'ArrowRight')).toBe(3)
    expect(stepped(diamond, 0, 'End')).toBe(3)
    const [top, below] = layers[1]!
    expect([stepped(diamond, top, 'ArrowDown'), stepped(diamond, below, 'ArrowUp'), stepped(diamond, top, 'ArrowUp')]).toEqual([
      below,
      top,
      top,
    ])
  })
})
