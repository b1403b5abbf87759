CREATE TABLE "task_version" ( "task" varchar NOT NULL, "version" integer NOT NULL, "settings" text NOT NULL, CONSTRAINT "pk-task_version" PRIMARY KEY ("task", "version") );
CREATE TABLE "claim" ( "entry" varchar NOT NULL PRIMARY KEY, "thing" varchar NOT NULL, "enrolment" varchar NOT NULL );
CREATE INDEX "idx-claim-thing" ON "claim" ("thing");
