import { expect, it } from 'vitest';
import { itemName, withArticle } from './itemName';

it('is one of what the list is called by', () => {
  const lists = ['Questions', 'Points', 'Numbers to call', 'Therapies', 'Addresses', 'Boxes', 'Sources', 'Rows'];
  expect(lists.map(itemName)).toEqual([
    'Question',
    'Point',
    'Number to call',
    'Therapy',
    'Address',
    'Box',
    'Source',
    'Row',
  ]);
});

it('is the whole name where nothing in it is many', () => {
  expect(['Team', 'Press', 'Content'].map(itemName)).toEqual(['Team', 'Press', 'Content']);
});

it('has its article', () => {
  expect(['Question', 'Effect', 'Number to call', 'Address'].map(withArticle)).toEqual([
    'a question',
    'an effect',
    'a number to call',
    'an address',
  ]);
});
