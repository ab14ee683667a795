import { createPaymentsTable } from 'express-atipay/stores/typeorm';
import { DataSource } from 'typeorm';
import { pays, url } from './pays';
import { Orders, Stock, typeormPayments } from './recipes/typeorm';

const source = new DataSource({ type: 'postgres', url, entities: [Orders, Stock] });

void source
  .initialize()
  .then(() =>
    pays(
      () => createPaymentsTable(source),
      (settings) => typeormPayments(source, settings),
    ),
  )
  .then(() => source.destroy());
