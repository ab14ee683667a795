import { describeWith, MYSQL, POSTGRES } from '../support/databases';
import { STORIES, tellsTheStory } from './story';

describeWith(POSTGRES, 'on PostgreSQL show explains a payment whose process died', () =>
  tellsTheStory('pg', STORIES.slice(1, 3)),
);

describeWith(MYSQL, 'on MySQL or MariaDB show explains a payment whose process died', () =>
  tellsTheStory('mariadb', STORIES.slice(1, 3)),
);
