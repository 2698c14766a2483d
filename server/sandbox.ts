// A project and its sandbox share a name and nothing else. In the store, the sandbox is a project of its own, so
// whatever belongs to a project is kept apart without a rule of its own. No project can have the mark in its name.
const mark = '/sandbox'

/** The id of the sandbox of a project. */
export function sandboxOf(projectId: string): string {
  return `${projectId}${mark}`
}

export function isSandbox(projectId: string): boolean {
  return projectId.endsWith(mark)
}

/** The project that people know, for itself and for its sandbox. */
export function projectName(projectId: string): string {
  return isSandbox(projectId) ? projectId.slice(0, -mark.length) : projectId
}
