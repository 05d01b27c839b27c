/** For each node the layer in which it stands: one after the last of its parents. What waits for itself in a circle is cut where it is met first. */
export const layersOf = (parents: readonly (readonly number[])[]): number[] => {
  const children: number[][] = parents.map(() => [])
  const open = parents.map(own => own.length)
  parents.forEach((own, node) => {
    for (const parent of own) children[parent]!.push(node)
  })
  const layers = new Array<number>(parents.length).fill(0)
  const isPlaced = new Array<boolean>(parents.length).fill(false)
  const queue = open.flatMap((count, node) => (count === 0 ? [node] : []))
  let next = 0
  for (let done = 0; done < parents.length; done += 1) {
    if (done >= queue.length) {
      while (isPlaced[next] || open[next] === 0) next += 1
      open[next] = 0
      queue.push(next)
    }
    const node = queue[done]!
    isPlaced[node] = true
    for (const child of children[node]!) {
      if (isPlaced[child]) continue
      layers[child] = Math.max(layers[child]!, layers[node]! + 1)
      if (open[child]! > 0 && --open[child]! === 0) queue.push(child)
    }
  }
  return layers
}

const SWEEPS = 6

/** The nodes of each layer, so ordered that lines cross seldom: each near the middle of those it is tied to, to and fro. */
export const orderedLayers = (
  layers: readonly number[],
  parents: readonly (readonly number[])[],
  children: readonly (readonly number[])[],
): number[][] => {
  const rows: number[][] = []
  layers.forEach((layer, node) => {
    while (rows.length <= layer) rows.push([])
    rows[layer]!.push(node)
  })
  const place = new Float64Array(layers.length)
  const settle = (row: readonly number[]) => row.forEach((node, index) => void (place[node] = (index + 0.5) / row.length))
  for (const row of rows) settle(row)
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isDown = sweep % 2 === 0
    const ties = isDown ? parents : children
    for (const row of isDown ? rows : rows.toReversed()) {
      const middles = new Map(row.map(node => [node, middleOf(ties[node]!, place) ?? place[node]!]))
      row.sort((left, right) => middles.get(left)! - middles.get(right)!)
      settle(row)
    }
  }
  return rows
}

export const middleOf = (nodes: readonly number[], place: ArrayLike<number>): number | undefined =>
  nodes.length === 0 ? undefined : nodes.reduce((sum, node) => sum + place[node]!, 0) / nodes.length

/** How often lines between neighbouring layers cross: what the order is judged by. */
export const crossings = (rows: readonly (readonly number[])[], children: readonly (readonly number[])[]): number => {
  const place = new Map(rows.flatMap(row => row.map((node, index) => [node, index] as const)))
  let count = 0
  for (const [layer, row] of rows.entries()) {
    const below = new Set(rows[layer + 1])
    const lines = row.flatMap((node, from) =>
      children[node]!.filter(child => below.has(child)).map(child => [from, place.get(child)!] as const),
    )
    for (const [index, [from, to]] of lines.entries())
      for (const [otherFrom, otherTo] of lines.slice(index + 1)) if ((from - otherFrom) * (to - otherTo) < 0) count += 1
  }
  return count
}
