export { type ChannelName, channels, type Message } from './channels.ts';
export { type ChannelValues, createPublisher, type Publisher } from './publisher.ts';
export { renderTopic, type TopicNamespace, topicPlaceholders } from './topic-template.ts';
