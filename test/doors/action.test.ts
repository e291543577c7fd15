import { tellStory } from '../story/story.ts';
import { runProcess } from './action-process.ts';

tellStory(runProcess, 'on: push\n');
