package com.shunpi;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.beans.factory.annotation.Autowired;

/** The rules of the house that a compiler does not know. */
@AnalyzeClasses(packages = "com.shunpi", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule only_the_seam_knows_the_engine = noClasses()
            .that(resideInAPackage("com.shunpi.(*)..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAPackage("com.shunpi.workflow..")))
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(simpleNameEndingWith("Delegate")
                            .or(simpleNameEndingWith("Listener"))
                            .or(simpleNameEndingWith("Process"))
                            .or(simpleNameEndingWith("Deadlines")))))
            .should()
            .dependOnClassesThat(resideInAPackage("org.camunda.."))
            .because("services know no engine: only delegates, task listeners, *Process classes and workflow do");

    @ArchTest
    static final ArchRule only_the_pipeline_knows_the_driver = noClasses()
            .that()
            .doNotHaveSimpleName("PipelineExecutor")
            .should()
            .dependOnClassesThat(resideInAPackage("org.postgresql.."))
            .because("the application runs on either database, and says JDBC to both");

    @ArchTest
    static final ArchRule only_processes_act_as_the_system = noClasses()
            .that(com.tngtech.archunit.base.DescribedPredicate.not(resideInAPackage("com.shunpi.workflow.."))
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(simpleNameEndingWith("Process"))))
            .should()
            .dependOnClassesThat()
            .haveSimpleName("EngineAccess")
            .because("whoever acts without the engine's checks has made his own before, in one place per process");

    @ArchTest
    static final ArchRule money_is_never_floating_point = fields().should()
            .notHaveRawType(double.class)
            .andShould()
            .notHaveRawType(Double.class)
            .andShould()
            .notHaveRawType(float.class)
            .andShould()
            .notHaveRawType(Float.class);

    @ArchTest
    static final ArchRule no_floating_point_results =
            noMethods().should().haveRawReturnType(double.class).orShould().haveRawReturnType(Double.class);

    @ArchTest
    static final ArchRule time_comes_from_the_clock = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("tests move the clock");

    @ArchTest
    static final ArchRule the_system_clock_is_made_in_one_place = noClasses()
            .that()
            .doNotHaveSimpleName("ClockConfiguration")
            .should()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone");

    @ArchTest
    static final ArchRule beans_are_injected_by_constructor = fields().should().notBeAnnotatedWith(Autowired.class);

    @ArchTest
    static final ArchRule entities_stay_in_their_module = classes()
            .that(new com.tngtech.archunit.base.DescribedPredicate<JavaClass>("are repositories") {
                @Override
                public boolean test(JavaClass type) {
                    return type.isAssignableTo(org.springframework.data.repository.Repository.class);
                }
            })
            .should()
            .bePackagePrivate();
}
