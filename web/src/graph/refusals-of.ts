/** What an answer says against a change, in sentences; empty when it went through. */
export function refusalsOf(
  answer: { userErrors: readonly { message: string }[] } | null | undefined,
): readonly string[] {
  return answer ? answer.userErrors.map(({ message }) => message) : ['There was no answer.'];
}
