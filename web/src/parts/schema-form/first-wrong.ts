import { tick } from 'svelte'

/** After a form was refused: the keyboard stands on the first field that is wrong. */
export const goToFirstWrong = async (form: HTMLElement | undefined): Promise<void> => {
  await tick()
  form?.querySelector<HTMLElement>('[aria-invalid=true], [data-wrong] :is(input, select, button)')?.focus()
}
