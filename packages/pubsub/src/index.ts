export { type ChannelHistory, createChannelHistory } from './channel-history.ts';
export { type ChannelName, channels, type Message } from './channels.ts';
export {
  type Cursor,
  compareCursors,
  cursorSchema,
  type Envelope,
  parseEnvelope,
} from './message-envelope.ts';
export { publishMessage } from './publish-message.ts';
export { type ChannelValues, createPublisher, type Publisher } from './publisher.ts';
export { renderTopic, type TopicNamespace, topicPlaceholders } from './topic-template.ts';
