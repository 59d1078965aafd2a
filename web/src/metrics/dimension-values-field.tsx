import { useQuery } from '@apollo/client/react';
import { ValuesField } from '../forms/values-field.tsx';
import { graphql } from '../generated/index.ts';

/** The values that a dimension had, those with the highest figures first. */
const dimensionValuesQuery = graphql(`
  query DimensionValues($id: ID!, $from: DateTime!, $to: DateTime!, $dimension: String!) {
    metric(id: $id) {
      id
      range(from: $from, to: $to) {
        top(by: [$dimension], limit: 100) {
          key
        }
      }
    }
  }
`);

interface ValueFilter {
  dimension: string;
  in: string[];
}

interface DimensionValuesFieldProps {
  metricId: string;
  dimension: string;
  label: string;
  /** Values of this time are proposed; in milliseconds. */
  bounds: { from: number; to: number };
  filters: readonly ValueFilter[];
  change: (filters: ValueFilter[]) => void;
  error?: string | undefined;
}

/** A filter by one dimension: which of its values are let through. */
export function DimensionValuesField(props: DimensionValuesFieldProps) {
  const { metricId, dimension, label, bounds, filters, change, error } = props;
  const { data } = useQuery(dimensionValuesQuery, {
    variables: { id: metricId, dimension, ...wholeDays(bounds) },
  });
  const groups = data?.metric?.range.top ?? [];
  const others = filters.filter((filter) => filter.dimension !== dimension);
  return (
    <ValuesField
      label={label}
      values={filters.find((filter) => filter.dimension === dimension)?.in ?? []}
      suggestions={groups.map(({ key }) => key)}
      change={(values) =>
        change(values.length > 0 ? [...others, { dimension, in: values }] : others)
      }
      error={error}
    />
  );
}

const day = 86_400_000;

/** Proposals need not follow the minute. */
function wholeDays({ from, to }: { from: number; to: number }) {
  return {
    from: new Date(Math.floor(from / day) * day).toISOString(),
    to: new Date(Math.ceil(to / day) * day).toISOString(),
  };
}
