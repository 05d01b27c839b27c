export { deleteSavedSearch, findSavedSearch, putSavedSearch, type SavedSearch, sliceSavedSearches } from './saved-search.ops.ts'
export { SavedView, type SavedViewRecord } from './saved-view.entity.ts'
export { createSavedView, deleteSavedView, listSavedViews, updateSavedView, viewedLists } from './saved-view.ops.ts'
