import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/** Whether an object of a type is one of a condition's type too; types by name, as answers have them. */
export type IsOfType = (typename: unknown, condition: string) => boolean;

/** Over the whole supergraph, with what its API hides: plans speak of that too. */
export function createIsOfType(schema: GraphQLSchema): IsOfType {
  return (typename, condition) => {
    if (typename === condition) return true;
    if (typeof typename !== 'string') return false;
    const type = schema.getType(typename);
    const wanted = schema.getType(condition);
    if (!isAbstractType(wanted) || !(isObjectType(type) || isInterfaceType(type))) return false;
    return schema.isSubType(wanted, type);
  };
}
