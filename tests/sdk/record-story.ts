// The part of the story that is about what runs leave behind, and what they share.
import type { Ask } from './rest-story.ts'

export async function tellOfArtifacts(ask: Ask, flow_run_id: string) {
  const { id } = await ask('POST', '/artifacts/', {
    key: 'report',
    type: 'table',
    description: 'of *today*',
    data: [{ a: 1, b: null }],
    metadata_: { m: 'x' },
    flow_run_id,
    task_run_id: '019ab000-0000-7000-8000-000000000001',
  })
  await ask('POST', '/artifacts/', { key: 'report', type: 'markdown', data: '# Hi' })
  await ask('POST', '/artifacts/', {})
  await ask('PATCH', `/artifacts/${id}`, { data: 50, description: null })
  await ask('GET', `/artifacts/${id}`)
  await ask('GET', '/artifacts/report/latest')
  for (const list of ['/artifacts', '/artifacts/latest']) {
    await ask('POST', `${list}/filter`, {
      artifacts: { key: { like_: 'rep' } },
      flow_runs: { id: { any_: [flow_run_id] } },
      sort: 'KEY_ASC',
    })
    await ask('POST', `${list}/filter`, {})
    await ask('POST', `${list}/count`, {})
  }
  await ask('DELETE', `/artifacts/${id}`)
}

export async function tellOfVariables(ask: Ask) {
  for (const [name, value] of [
    ['limits', { a: [1, 2] }],
    ['text', 'x'],
    ['nothing', null],
  ] as const) {
    await ask('POST', '/variables/', { name, value, tags: ['t'] })
    await ask('GET', `/variables/name/${name}`)
  }
  const [{ id }] = await ask('POST', '/variables/filter', {
    variables: { name: { like_: 'lim' }, tags: { all_: ['t'] } },
    sort: 'NAME_DESC',
  })
  await ask('POST', '/variables/filter', {})
  await ask('POST', '/variables/count', {})
  await ask('PATCH', `/variables/${id}`, { name: 'renamed' })
  await ask('GET', `/variables/${id}`)
  await ask('DELETE', `/variables/${id}`)
  await ask('PATCH', '/variables/name/text', { value: false })
  await ask('GET', '/variables/name/text')
  await ask('DELETE', '/variables/name/text')
}

export async function tellOfSavedSearches(ask: Ask) {
  const filters = [{ object: 'flow_run', property: 'state', type: 'state', operation: 'or', value: ['FAILED', { kept: null }] }]
  const { id } = await ask('PUT', '/saved_searches/', { name: 'broken', filters })
  await ask('PUT', '/saved_searches/', { name: 'broken' })
  await ask('PUT', '/saved_searches/', { filters })
  await ask('GET', `/saved_searches/${id}`)
  await ask('POST', '/saved_searches/filter', { limit: 1 })
  await ask('DELETE', `/saved_searches/${id}`)
}

export async function tellOfEvents(ask: Ask) {
  await ask('POST', '/events', [
    { occurred: '2026-11-25T13:00:00Z', event: 'order.placed', resource: { 'prefect.resource.id': 'order.1' } },
  ])
  const { next_page } = await ask('POST', '/events/filter', { limit: 2 })
  await ask('GET', next_page.slice(next_page.indexOf('/events/')))
  await ask('POST', '/events/filter', { filter: { event: { prefix: ['order.'] }, related: { role: ['flow'] } } })
  for (const countable of ['day', 'event', 'resource']) await ask('POST', `/events/count-by/${countable}`, { filter: {} })
}
