import type { ComponentProps } from 'react';
import { SelectField } from '../../forms/select-field.tsx';
import type { Role } from '../../generated/graphql.ts';

const roles = ['VIEWER', 'EDITOR', 'ADMIN', 'OWNER'] as const satisfies readonly Role[];

const options = roles.map((role) => ({
  value: role,
  label: role.charAt(0) + role.slice(1).toLowerCase(),
}));

export function RoleSelect(props: Omit<ComponentProps<typeof SelectField>, 'options'>) {
  return <SelectField {...props} options={options} />;
}

/** What a select holds, if it is one of the roles. */
export const toRole = (value: string): Role => roles.find((role) => role === value) ?? 'VIEWER';
