import type { z } from 'zod'
import { type Command, type CommandDefinition, command as kernelCommand } from '../../kernel/operation.ts'
import type { Batch, Reads } from './batch.ts'

/** The kernel's `command` with the domain's reads and batch. */
export const command = <Schema extends z.ZodType, Output>(
  name: string,
  definition: CommandDefinition<Schema, Reads, Batch, Output>,
): Command<z.input<Schema>, Output> => kernelCommand(name, definition)
