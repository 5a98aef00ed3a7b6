console.log("templates: nothing to compile yet");
