package com.shunpi.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.xml.sax.SAXException;

/**
 * The process owners' folder: {@code processes/} and {@code forms/} below a root on the classpath or the disk. A decision
 * table belongs to the process that asks it, or whose key begins its name: {@code dual-verification-fields.dmn}.
 */
final class ModelFolder {

    private final String root;
    private final PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();

    /** @param root {@code classpath:} or a folder such as {@code file:/etc/shunpi/} */
    ModelFolder(String root) {
        this.root = root.endsWith(":") || root.endsWith("/") ? root : root + "/";
    }

    /** Every process in the folder, by key. A diagram that is no XML is there as well, alone: the rules name its fault. */
    List<ProcessModel> processes() {
        SortedMap<String, byte[]> diagrams = read("processes/", "*.bpmn");
        SortedMap<String, byte[]> tables = read("processes/", "*.dmn");
        SortedMap<String, byte[]> forms = read("forms/", "**/*.*");
        return diagrams.keySet().stream()
                .map(name -> process(name, diagrams.get(name), tables, forms))
                .toList();
    }

    private static ProcessModel process(
            String diagram, byte[] content, Map<String, byte[]> tables, SortedMap<String, byte[]> forms) {
        String key = diagram.substring("processes/".length(), diagram.length() - ".bpmn".length());
        Set<String> decisions = attributes(content, "businessRuleTask", ModelXml.CAMUNDA, "decisionRef");
        SortedMap<String, byte[]> files = new TreeMap<>(Map.of(diagram, content));
        tables.forEach((name, table) -> {
            boolean named = name.startsWith("processes/" + key + "-");
            if (named || attributes(table, "decision", null, "id").stream().anyMatch(decisions::contains)) {
                files.put(name, table);
            }
        });
        files.putAll(forms.subMap("forms/" + key + "/", "forms/" + key + "0"));
        return new ProcessModel(key, files);
    }

    /** File contents by canonical name, which stays the same however the application is packaged. */
    private SortedMap<String, byte[]> read(String folder, String pattern) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try {
            Resource location = resolver.getResource(root + folder);
            if (!location.exists()) {
                return files;
            }
            String prefix = location.getURL().toString();
            for (Resource resource : resolver.getResources(root + folder + pattern)) {
                files.put(
                        folder + resource.getURL().toString().substring(prefix.length()),
                        resource.getContentAsByteArray());
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the models below " + root, e);
        }
    }

    private static Set<String> attributes(byte[] xml, String element, String namespace, String attribute) {
        try {
            return ModelXml.elements(ModelXml.parse(xml), element).stream()
                    .map(found -> found.getAttributeNS(namespace, attribute))
                    .filter(value -> !value.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (SAXException e) {
            return Set.of();
        }
    }
}
