import { useViewer } from './use-viewer.ts';

/** Whether the signed-in person may do what takes all of these scopes; undefined until that is known. */
export function useMay(...scopes: readonly string[]): boolean | undefined {
  const own = useViewer()?.workspace.ownScopes;
  return own && scopes.every((scope) => own.includes(scope));
}
