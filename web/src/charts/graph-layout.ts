import type { Graph, GraphNode } from './graph-groups.ts'
import { layersOf, middleOf, orderedLayers } from './graph-layers.ts'

export interface PlacedNode {
  node: GraphNode
  layer: number
  x: number
  y: number
  width: number
  height: number
  /** Its layer is too long for one column: lines to it would cover those beside it. */
  isCrowded: boolean
}

export interface GraphLayout {
  /** In the places of the graph's nodes. */
  nodes: readonly PlacedNode[]
  /** For each layer its nodes from the top down. */
  layers: readonly (readonly number[])[]
  parents: Graph['parents']
  children: Graph['children']
  width: number
  height: number
}

export const NODE_WIDTH = 176
const NODE_HEIGHT = 28
const FOLD_HEIGHT = 40
const ROW_GAP = 12
const LAYER_GAP = 56
const COLUMN_GAP = 12
const LEAST_ROWS = 24
/** A layer beyond that many rows stands in columns, so that it is about as wide as the page is. */
const rowsOf = (count: number) => Math.max(LEAST_ROWS, Math.ceil(1.4 * Math.sqrt(count)))

const heightOf = ({ isFold }: GraphNode) => (isFold ? FOLD_HEIGHT : NODE_HEIGHT)

/** Layers from left to right, in each the nodes beside what they are tied to. */
export const layoutOf = (graph: Graph): GraphLayout => {
  const { nodes, parents, children } = graph
  const layers = orderedLayers(layersOf(parents), parents, children)
  const heights = nodes.map(heightOf)
  const centres = centresOf(layers, heights, graph)
  const placed = new Array<PlacedNode>(nodes.length)
  let x = 0
  for (const [layer, row] of layers.entries()) {
    const rows = rowsOf(row.length)
    const columns = Math.ceil(row.length / rows)
    row.forEach((index, at) => {
      const left = x + Math.floor(at / rows) * (NODE_WIDTH + COLUMN_GAP)
      const y = centres[index]! - heights[index]! / 2
      placed[index] = { node: nodes[index]!, layer, x: left, y, width: NODE_WIDTH, height: heights[index]!, isCrowded: columns > 1 }
    })
    x += columns * NODE_WIDTH + (columns - 1) * COLUMN_GAP + LAYER_GAP
  }
  const top = placed.reduce((least, { y }) => Math.min(least, y), Number.POSITIVE_INFINITY)
  for (const node of placed) node.y -= top
  const height = placed.reduce((most, { y, height }) => Math.max(most, y + height), 0)
  return { nodes: placed, layers, parents, children, width: Math.max(0, x - LAYER_GAP), height }
}

/** Down the layers beside the parents, up beside the children, and down again. */
const centresOf = (layers: readonly (readonly number[])[], heights: readonly number[], { parents, children }: Graph): Float64Array => {
  const centres = new Float64Array(heights.length)
  for (const row of layers) stack(row, heights, centres, () => 0)
  for (const ties of [parents, children, parents])
    for (const row of ties === parents ? layers : layers.toReversed())
      stack(row, heights, centres, node => middleOf(ties[node]!, centres) ?? centres[node]!)
  return centres
}

/** Puts nodes below one another in their order, each as near as can be to where it wants to be. */
const stack = (row: readonly number[], heights: readonly number[], centres: Float64Array, wanted: (node: number) => number) => {
  if (row.length > LEAST_ROWS) return stackColumns(row, heights, centres, wanted)
  const offsets: number[] = []
  let offset = 0
  for (const [index, node] of row.entries()) {
    if (index > 0) offset += (heights[row[index - 1]!]! + heights[node]!) / 2 + ROW_GAP
    offsets.push(offset)
  }
  const places = rising(row.map((node, index) => wanted(node) - offsets[index]!))
  row.forEach((node, index) => void (centres[node] = places[index]! + offsets[index]!))
}

const stackColumns = (row: readonly number[], heights: readonly number[], centres: Float64Array, wanted: (node: number) => number) => {
  const rows = rowsOf(row.length)
  const middle = row.reduce((sum, node) => sum + wanted(node), 0) / row.length
  for (let from = 0; from < row.length; from += rows) {
    let y = middle - (rows * (NODE_HEIGHT + ROW_GAP)) / 2
    for (const node of row.slice(from, from + rows)) {
      centres[node] = y + heights[node]! / 2
      y += heights[node]! + ROW_GAP
    }
  }
}

/** Keeps the places while nothing but states changes. */
export const createLayout = (): ((graph: Graph) => GraphLayout) => {
  let last: { graph: Graph; layout: GraphLayout } | undefined
  return graph => {
    const layout =
      last && isSameShape(last.graph, graph)
        ? { ...last.layout, nodes: last.layout.nodes.map((placed, index) => ({ ...placed, node: graph.nodes[index]! })) }
        : layoutOf(graph)
    last = { graph, layout }
    return layout
  }
}

const isSameShape = (one: Graph, other: Graph): boolean =>
  one.nodes.length === other.nodes.length &&
  one.nodes.every(({ id }, index) => id === other.nodes[index]!.id) &&
  one.parents.every((own, index) => {
    const others = other.parents[index]!
    return own.length === others.length && own.every((parent, at) => parent === others[at])
  })

/** The rising sequence nearest to the values, by least squares: neighbours that would fall are pooled. */
export const rising = (values: readonly number[]): number[] => {
  const pools: { mean: number; count: number }[] = []
  for (const value of values) {
    let pool = { mean: value, count: 1 }
    for (let last = pools.at(-1); last && last.mean > pool.mean; last = pools.at(-1)) {
      pools.pop()
      const count = last.count + pool.count
      pool = { mean: (last.mean * last.count + pool.mean * pool.count) / count, count }
    }
    pools.push(pool)
  }
  return pools.flatMap(({ mean, count }) => new Array<number>(count).fill(mean))
}
