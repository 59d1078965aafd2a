import type { UserPrincipal } from '@tributary/chassis';
import type { Processing } from './processing.ts';

/** Asks for fields of a source. */
export async function sourceFields(
  { subgraph }: Pick<Processing, 'subgraph'>,
  principal: UserPrincipal,
  id: string,
  fields: string,
) {
  const { data } = await subgraph.query(
    principal,
    `query ($id: ID!) { source(id: $id) { ${fields} } }`,
    { id },
  );
  return data.source;
}

export async function preview(
  { subgraph }: Pick<Processing, 'subgraph'>,
  principal: UserPrincipal,
  input: object,
) {
  const { data } = await subgraph.query(
    principal,
    `query ($input: PreviewPipelineInput!) { previewPipeline(input: $input) {
       events { outcome stage field reason before after changes { path kind before after } }
       userErrors { code message field } } }`,
    { input },
  );
  return data.previewPipeline;
}

/** Runs a mutation with one input; answers its payload. */
export async function mutate(
  { subgraph }: Pick<Processing, 'subgraph'>,
  principal: UserPrincipal,
  { name, type, select, input }: { name: string; type: string; select: string; input: object },
) {
  const { data, errors } = await subgraph.query(
    principal,
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${select} userErrors { code message field } } }`,
    { input },
  );
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
  return data[name];
}
