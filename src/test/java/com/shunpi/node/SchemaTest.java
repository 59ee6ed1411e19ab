package com.shunpi.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shunpi.TestDatabase;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Who may change the tables, and when (ADR 0033). */
@Tag("integration")
class SchemaTest {

    private static Environment environment(String schema) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of("shunpi.schema", schema)));
        return environment;
    }

    private static void start(String schema, TestDatabase kind, DataSource database, String... target) {
        var flyway = Flyway.configure()
                .dataSource(database)
                .locations(
                        "classpath:db/migration",
                        "classpath:db/vendor/" + kind.name().toLowerCase());
        if (target.length > 0) {
            flyway.target(target[0]);
        }
        new Schema.OurTables().ourTables(environment(schema)).migrate(flyway.load());
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatChecksRefusesTablesThatAreBehind(TestDatabase kind) {
        DataSource database = kind.empty();
        start("migrate", kind, database, "18.3");
        assertThatThrownBy(() -> start("check", kind, database)).hasMessageContaining("SHUNPI_SCHEMA=migrate");

        start("migrate", kind, database);
        assertThatCode(() -> start("check", kind, database)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatChecksMakesTheTablesWhereThereAreNone(TestDatabase kind) {
        DataSource database = kind.empty();
        start("check", kind, database);
        assertThat(Flyway.configure().dataSource(database).load().info().applied())
                .isNotEmpty();
    }

    /** During an update the servers of the version before go on, and may have to start again. */
    @ParameterizedTest
    @EnumSource
    void aServerOfTheVersionBeforeStartsOnNewerTables(TestDatabase kind) {
        DataSource database = kind.migrated();
        assertThatCode(() -> start("check", kind, database, "18.3")).doesNotThrowAnyException();
    }

    @Test
    void aWordThatIsNoneOfThemIsNotTakenForOne() {
        assertThat(Schema.of(new StandardEnvironment())).isEqualTo(Schema.UPDATE);
        assertThatThrownBy(() -> Schema.of(environment("chek"))).hasMessageContaining("CHEK");
    }
}
