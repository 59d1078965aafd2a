import { jsonSetting } from '@tributary/chassis';
import { kafkaTopicSchema } from '@tributary/event-log';
import { z } from 'zod';

const fieldPath = z.string().min(1);

/** One Kafka topic whose messages are events of a source. */
const topicSchema = kafkaTopicSchema
  .omit({ group: true })
  .extend({
    /** `tributary-` and the source's id, if left out. */
    group: z.string().min(1).optional(),
    workspace: z.uuid(),
    source: z.uuid(),
    /** `cloudevents`: values are CloudEvents as JSON. `json`: values are records of any other shape. */
    format: z.enum(['cloudevents', 'json']).default('cloudevents'),
    /** For `json`: the events' type, or the path of the field that holds it. */
    type: z.string().min(1).optional(),
    typeField: fieldPath.optional(),
    /** Text or a number. The message's place in the topic, if left out. */
    idField: fieldPath.optional(),
    /** RFC 3339, or a number of milliseconds since 1970. When the message was produced, if left out. */
    timeField: fieldPath.optional(),
    subjectField: fieldPath.optional(),
  })
  .superRefine((topic, context) => {
    const { format, type, typeField, idField, timeField, subjectField } = topic;
    const isMapped = [type, typeField, idField, timeField, subjectField].some(Boolean);
    if (format === 'json' && (type === undefined) === (typeField === undefined)) {
      context.addIssue({ code: 'custom', message: 'must have either type or typeField' });
    }
    if (format === 'cloudevents' && isMapped) {
      context.addIssue({ code: 'custom', message: 'must have format json to map fields' });
    }
  })
  .transform((topic) => ({ ...topic, group: topic.group ?? `tributary-${topic.source}` }));

export type TopicSettings = z.infer<typeof topicSchema>;

/** A JSON array of topics; there may be passwords in it. */
export const kafkaSourcesSchema = jsonSetting(z.array(topicSchema));
