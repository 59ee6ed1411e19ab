package com.shunpi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.shunpi.ShunpiTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** Everything in {@code processes/} and {@code forms/} keeps the rules that guard deployment. */
@ShunpiTest
class ProcessContractTest {

    @Autowired
    BeanFactory beans;

    private final List<ProcessModel> models = new ModelFolder("classpath:").processes();

    @Test
    void everyModelKeepsTheRules() {
        ModelRules rules = new ModelRules(beans);

        assertThat(models).extracting(ProcessModel::key).contains("order-review", "dual-verification", "special-price");
        assertThat(models.stream().flatMap(model -> rules.check(model, models).stream()))
                .isEmpty();
    }

    @Test
    void noFileIsLeftBehind() throws IOException {
        Set<String> deployed = new TreeSet<>();
        models.forEach(model -> deployed.addAll(model.files().keySet()));

        Set<String> present = new TreeSet<>();
        for (String folder : List.of("processes", "forms")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(Files::isRegularFile)
                        .map(file -> file.toString().replace('\\', '/'))
                        .forEach(present::add);
            }
        }
        assertThat(deployed)
                .as("a table nobody asks, or a form without its process")
                .isEqualTo(present);
    }

    @Test
    void everyFormIsUsed() {
        for (ProcessModel model : models) {
            String diagram = model.text(model.diagramName());
            assertThat(model.files().keySet().stream().filter(file -> file.endsWith(".html")))
                    .allMatch(diagram::contains, "is named in " + model.diagramName());
        }
    }

    /** Below decision and comment there is one place for fields: a second block would lie on the first. */
    @Test
    void aDecisionHasOneBlockOfFields() {
        for (ProcessModel model : models) {
            assertThat(model.files().keySet().stream().filter(file -> file.endsWith(".html")))
                    .allSatisfy(file -> assertThat(model.text(file).split("sp-decision", 2))
                            .allSatisfy(part -> assertThat(part.split("class=\"sp-fields\"").length)
                                    .as(file)
                                    .isLessThanOrEqualTo(2)));
        }
    }
}
