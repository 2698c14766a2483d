// A project and its sandbox share only a name. In the store, the sandbox is a separate project, so keeping their data
// apart needs no extra rules. The name of a project cannot contain the mark.
const mark = '/sandbox'

/** Returns the id of a project's sandbox. */
export function sandboxOf(projectId: string): string {
  return `${projectId}${mark}`
}

export function isSandbox(projectId: string): boolean {
  return projectId.endsWith(mark)
}

/** Returns the name that people know. A sandbox has the name of its project. */
export function projectName(projectId: string): string {
  return isSandbox(projectId) ? projectId.slice(0, -mark.length) : projectId
}
