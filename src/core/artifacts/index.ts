export { Artifact, type ArtifactRecord, type ListedArtifact } from './artifact.entity.ts'
export { artifactChangeKinds, artifactNewsOf } from './artifact.events.ts'
export { type ArtifactFilter, artifactConditions, artifactFilter } from './artifact.filter.ts'
export { createArtifact, deleteArtifact, findArtifact, findLatestArtifact, updateArtifact } from './artifact.ops.ts'
export {
  type ArtifactChange,
  artifactChanges,
  artifactDataByIds,
  artifactOrders,
  artifactSliceOrders,
  artifactsByIds,
  countArtifacts,
  countArtifactVersions,
  listArtifacts,
  sliceArtifacts,
} from './artifact-lists.ops.ts'
