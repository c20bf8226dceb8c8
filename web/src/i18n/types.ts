/** Types of the keys, taken from the Chinese texts (the first language). */
import 'i18next';
import type accounts from './zh-CN/accounts.json';
import type archive from './zh-CN/archive.json';
import type audit from './zh-CN/audit.json';
import type classes from './zh-CN/classes.json';
import type common from './zh-CN/common.json';
import type conversations from './zh-CN/conversations.json';
import type courses from './zh-CN/courses.json';
import type customers from './zh-CN/customers.json';
import type errors from './zh-CN/errors.json';
import type exams from './zh-CN/exams.json';
import type evaluation from './zh-CN/evaluation.json';
import type figures from './zh-CN/figures.json';
import type home from './zh-CN/home.json';
import type imports from './zh-CN/imports.json';
import type jobs from './zh-CN/jobs.json';
import type needs from './zh-CN/needs.json';
import type notices from './zh-CN/notices.json';
import type plans from './zh-CN/plans.json';
import type papers from './zh-CN/papers.json';
import type questions from './zh-CN/questions.json';
import type shops from './zh-CN/shops.json';
import type signIn from './zh-CN/sign-in.json';
import type staff from './zh-CN/staff.json';
import type tenants from './zh-CN/tenants.json';
import type tokens from './zh-CN/tokens.json';
import type weakSpots from './zh-CN/weak-spots.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      accounts: typeof accounts;
      archive: typeof archive;
      audit: typeof audit;
      classes: typeof classes;
      common: typeof common;
      conversations: typeof conversations;
      courses: typeof courses;
      customers: typeof customers;
      errors: typeof errors;
      exams: typeof exams;
      evaluation: typeof evaluation;
      figures: typeof figures;
      home: typeof home;
      imports: typeof imports;
      jobs: typeof jobs;
      needs: typeof needs;
      notices: typeof notices;
      plans: typeof plans;
      papers: typeof papers;
      questions: typeof questions;
      shops: typeof shops;
      'sign-in': typeof signIn;
      staff: typeof staff;
      tenants: typeof tenants;
      tokens: typeof tokens;
      'weak-spots': typeof weakSpots;
    };
  }
}
