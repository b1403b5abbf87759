CREATE TABLE IF NOT EXISTS "meta" ( "name" varchar NOT NULL PRIMARY KEY, "value" varchar NOT NULL );
