// Compares versions with the two forms of range that package.json's `engines` uses: `^a.b.c` and `>=a.b.c`, joined by `||`.

/** @param {string} version @param {string} range */
export function satisfies(version, range) {
  return range.split('||').some(part => satisfiesOne(version, part.trim()))
}

function satisfiesOne(version, part) {
  const [, operator, floor] = /^(\^|>=)(\d+\.\d+\.\d+)$/.exec(part) ?? []
  if (!operator || !floor) throw new Error(`The range "${part}" is neither ^a.b.c nor >=a.b.c.`)
  if (compare(version, floor) < 0) return false
  return operator === '>=' || majorOf(version) === majorOf(floor)
}

function compare(left, right) {
  const [a, b] = [numbersOf(left), numbersOf(right)]
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

const numbersOf = version => version.split('-')[0].split('.').map(Number)
const majorOf = version => numbersOf(version)[0]
