import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { rowsOf } from './reading.ts'
import { focusedRow, leave, makeRuns, openRuns, RUNS, rowOf, totalOf } from './runs-list.ts'
import { missingPages, openSite, type Site } from './site.ts'

describeUnless(missingPages(), 'the runs', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite()
    await makeRuns(site.rest)
  })
  beforeEach(() => {
    site.misdeeds.foreign.length = site.misdeeds.complaints.length = 0
  })
  afterAll(() => site?.close())

  describe('chosen runs', () => {
    const bar = (page: Page) => page.getByRole('toolbar', { name: 'For the chosen runs' })

    test('are chosen by key, by box, by reach, all shown and all that match; Escape lets them go', async () => {
      const page = await openRuns(site, '/runs?name=heron')
      await page.keyboard.press('j')
      await expect.poll(() => focusedRow(page)).toBe(`heron-${RUNS - 1}`)
      await page.keyboard.press('x')
      await bar(page).getByText('1 chosen').waitFor()
      await rowOf(page, `heron-${RUNS - 5}`)
        .getByRole('checkbox')
        .click({ modifiers: ['Shift'] })
      await bar(page).getByText('5 chosen').waitFor()
      await rowOf(page, `heron-${RUNS - 3}`)
        .getByRole('checkbox')
        .uncheck()
      await bar(page).getByText('4 chosen').waitFor()
      await page.keyboard.press('a')
      await bar(page).getByText('100 chosen').waitFor()
      await bar(page).getByRole('button', { name: 'choose all 450 runs' }).click()
      await bar(page).getByText('450 chosen').waitFor()
      expect(await bar(page).getByRole('button', { name: 'Delete all' }).count()).toBe(1)
      await page.keyboard.press('Escape')
      await bar(page).waitFor({ state: 'detached' })
      await leave(site, page)
    })

    test('are deleted after the server has counted them, more than one call takes', async () => {
      for (let index = 0; index < 230; index += 1) await site.rest.createRun({ name: `doomed-${index}`, flow: 'doomed', type: 'COMPLETED' })
      const page = await openRuns(site, '/runs?flow=doomed')
      await page.keyboard.press('a')
      await bar(page).getByRole('button', { name: 'choose all 230 runs' }).click()
      await bar(page).getByRole('button', { name: 'Delete all' }).click()
      const dialog = page.getByRole('dialog', { name: 'Delete 230 runs?' })
      await dialog.getByRole('button', { name: 'Leave them' }).click()
      await dialog.waitFor({ state: 'detached' })
      expect(await totalOf(page)).toBe('230 runs')
      await bar(page).getByRole('button', { name: 'Delete all' }).click()
      await dialog.getByRole('button', { name: 'Delete 230 runs' }).click()
      await page.getByText('Deleted 230 runs').first().waitFor()
      await page.getByText('0 runs match').waitFor()
      await leave(site, page)
    })
  })

  describe('chosen runs are', () => {
    /** Runs of a deployment, each in one of the states, newest last. */
    const deployed = async (flow: string, ...states: ('RUNNING' | 'FAILED' | 'PAUSED')[]) => {
      await site.rest.createRun({ flow, name: 'ad-hoc', type: 'FAILED' })
      const { flows } = await site.rest.graphql<any>(`{ flows(filter: { names: ["${flow}"] }) { nodes { id } } }`)
      const { applyDeployment } = await site.rest.graphql<any>(
        `mutation { applyDeployment(input: { flowId: "${flows.nodes[0].id}", name: "nightly" }) { deployment { id } } }`,
      )
      for (const [index, type] of states.entries()) {
        const { createFlowRunFromDeployment } = await site.rest.graphql<any>(
          `mutation { createFlowRunFromDeployment(input: { deploymentId: "${applyDeployment.deployment.id}", name: "deployed-${index}", state: { type: RUNNING } }) { flowRun { id } } }`,
        )
        if (type !== 'RUNNING') await site.rest.setState(createFlowRunFromDeployment.flowRun.id, type)
      }
      const page = await openRuns(site, `/runs?flow=${flow}`)
      await page.keyboard.press('a')
      return page
    }
    const act = async (page: Page, button: string, title: string) => {
      await page.getByRole('toolbar').getByRole('button', { name: button }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('heading', { name: `${title}?` }).waitFor()
      return dialog
    }

    test('retried where a deployment says how; of the others it is said why not, before and after', async () => {
      const page = await deployed('retried', 'FAILED', 'RUNNING')
      const dialog = await act(page, 'Retry 2', 'Retry 1 run')
      await dialog.getByText('1 run of 2 stays as it is').waitFor()
      await dialog.getByText('It has no deployment').waitFor()
      await dialog.getByRole('button', { name: 'Retry 1 run' }).click()
      await dialog.getByRole('heading', { name: 'Retried 1 run, 1 not' }).waitFor()
      await dialog.getByText('It has no deployment').waitFor()
      await dialog.getByRole('button', { name: 'Close' }).last().click()
      await expect.poll(() => rowsOf(page)).toEqual(['Running deployed-1', 'Awaiting retry deployed-0', 'Failed ad-hoc'])
      await leave(site, page)
    })

    test('cancelled, with a word on what is beyond the server', async () => {
      await site.rest.createRun({ flow: 'cancelled', name: 'by-hand', type: 'RUNNING' })
      const page = await openRuns(site, '/runs?flow=cancelled')
      await page.keyboard.press('a')
      const dialog = await act(page, 'Cancel 1', 'Cancel 1 run')
      await dialog.getByRole('button', { name: 'Cancel 1 run' }).click()
      await dialog.getByText('It has no deployment, so no worker ends its process').waitFor()
      await expect.poll(() => rowsOf(page)).toEqual(['Cancelling by-hand'])
      await leave(site, page)
    })

    test('suspended and resumed', async () => {
      const page = await deployed('held', 'RUNNING')
      const suspending = await act(page, 'Suspend 1', 'Suspend 1 run')
      await suspending.getByRole('button', { name: 'Suspend 1 run' }).click()
      await page.getByText('Suspended 1 run').first().waitFor()
      await expect.poll(() => rowsOf(page)).toEqual(['Suspended deployed-0', 'Failed ad-hoc'])
      await page.keyboard.press('a')
      const resuming = await act(page, 'Resume 1', 'Resume 1 run')
      await resuming.getByRole('button', { name: 'Resume 1 run' }).click()
      await page.getByText('Resumed 1 run').first().waitFor()
      await expect.poll(async () => (await rowsOf(page))[0]).toBe('Resuming deployed-0')
      await leave(site, page)
    })

    test('paused', async () => {
      const page = await deployed('paused', 'RUNNING')
      const dialog = await act(page, 'Pause 1', 'Pause 1 run')
      await dialog.getByRole('button', { name: 'Pause 1 run' }).click()
      await dialog.getByText('Its process is not interrupted').waitFor()
      await expect.poll(async () => (await rowsOf(page))[0]).toBe('Paused deployed-0')
      await leave(site, page)
    })

    test('tagged', async () => {
      const page = await deployed('tagged', 'FAILED')
      const dialog = await act(page, 'Tag 2', 'Tag 2 runs')
      expect(await dialog.getByRole('button', { name: 'Tag 2 runs' }).isDisabled()).toBe(true)
      await dialog.getByLabel('Tags', { exact: true }).fill('seen, checked')
      await page.keyboard.press('Enter')
      await page.getByText('Tagged 2 runs').first().waitFor()
      await expect.poll(() => rowOf(page, 'ad-hoc').locator('.tag').allTextContents()).toEqual(['seen', 'checked'])
      await leave(site, page)
    })

    test('left as they are where the server does not answer, and it is said', async () => {
      const page = await deployed('unanswered')
      await page.route('**/graphql', route => (route.request().postData()?.includes('DeleteFlowRuns') ? route.abort() : route.continue()))
      await page.getByRole('toolbar').getByRole('button', { name: 'Delete 1' }).click()
      await page.getByRole('dialog').getByText('Not done: The server did not answer.').waitFor()
      await page.unroute('**/graphql')
      await page.getByRole('dialog').getByRole('button', { name: 'Count again' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Delete 1 run' }).waitFor()
      await leave(site, page)
    })
  })
})
