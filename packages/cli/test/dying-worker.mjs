// A worker that dies before it decides anything.
throw new Error('no such engine');
