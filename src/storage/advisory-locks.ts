/** The advisory locks of this product in a database: a class of its own, so that others who use the database are not met by chance. */
export const advisoryLocks = Object.freeze({ class: 4200, migrate: 1, append: 2 })
